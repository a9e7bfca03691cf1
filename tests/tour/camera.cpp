// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/camera.h"

#include "ui/mainwindow.h"

#include <QApplication>
#include <QDialog>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

#include <array>

using namespace Qt::StringLiterals;

namespace holdpoint {

namespace {
constexpr std::array sizes{QSize(1280, 800), QSize(1920, 1080)};
constexpr QSize working = sizes.front();
} // namespace

Camera::Camera(const QString &directory)
    : m_directory(directory)
{
    require(directory.isEmpty() || QDir().mkpath(directory), u"the folder %1 cannot be made"_s.arg(directory));
}

void Camera::take(MainWindow &window, const QString &name)
{
    if (m_directory.isEmpty())
        return;
    for (const QSize &size : sizes) {
        window.resize(size);
        for (const Qt::ColorScheme scheme : {Qt::ColorScheme::Dark, Qt::ColorScheme::Light}) {
            window.setColorScheme(scheme);
            m_patience.settle();
            const QString look = scheme == Qt::ColorScheme::Dark ? u"dark"_s : u"light"_s;
            shoot(
                window, u"%1/%2-%3x%4-%5.png"_s.arg(m_directory, name).arg(size.width()).arg(size.height()).arg(look));
        }
    }
    window.resize(working);
    m_patience.settle();
}

void Camera::shoot(MainWindow &window, const QString &path)
{
    QPixmap picture = window.grab();
    QPainter painter(&picture);
    for (QWidget *other : QApplication::topLevelWidgets()) {
        auto *dialog = qobject_cast<QDialog *>(other);
        if (!dialog || !dialog->isVisible())
            continue;
        // Offscreen there is no window manager to put a dialog over its window's middle and draw its frame.
        const QPoint at = picture.rect().center() - dialog->rect().center();
        painter.drawPixmap(at, dialog->grab());
        QColor frame = window.palette().color(QPalette::WindowText);
        frame.setAlpha(60);
        painter.setPen(frame);
        painter.drawRect(dialog->rect().translated(at));
    }
    painter.end();
    require(picture.save(path), u"the picture %1 cannot be written"_s.arg(path));
    ++m_taken;
}

} // namespace holdpoint
