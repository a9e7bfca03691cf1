// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/target.h"
#include "ui/linkstate.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace holdpoint {

class ElidedLabel;

/// Where it would happen, in words, with a shape and a colour; and what the figures and the execution rest on.
class EnvironmentBar final : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentBar(QWidget *parent = nullptr);

    void setTargets(const QList<Target> &targets);
    /// The target of the open action; empty while none is open.
    void setTarget(const QString &name);
    /// Nothing: not asked, or not answered yet.
    void setReplicaLag(const std::optional<QString> &text);
    void setLink(const LinkState &link);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString environment() const;
    void refresh();

    QList<Target> m_targets;
    QString m_target;
    std::optional<QString> m_lag;
    LinkState m_link;
    QLabel *m_icon;
    ElidedLabel *m_name;
    QLabel *m_environment;
    QLabel *m_replica;
    QLabel *m_executorIcon;
    ElidedLabel *m_executor;
};

} // namespace holdpoint
