// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/linkstate.h"
#include "ui/sessioninfo.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace holdpoint {

class ElidedLabel;

/// The top line: the name, who is signed in where, whether the link is live, and the kill switch.
class Header final : public QWidget
{
    Q_OBJECT
public:
    explicit Header(QWidget *parent = nullptr);

    void setSession(const SessionInfo &session);
    void setLink(const LinkState &link);

Q_SIGNALS:
    void revokeWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    LinkState m_link;
    ElidedLabel *m_session;
    QLabel *m_linkIcon;
    QLabel *m_linkText;
    QPushButton *m_revoke;
};

} // namespace holdpoint
