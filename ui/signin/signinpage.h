// SPDX-FileCopyrightText: 2026 The Holdpoint authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/signin/signinstate.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace holdpoint {

/// Where the console starts: which store. Passwords stay with libpq: a passfile, a service file or the environment.
class SignInPage final : public QWidget
{
    Q_OBJECT
public:
    explicit SignInPage(QWidget *parent = nullptr);

    void setState(const SignInState &state);

Q_SIGNALS:
    void signInWanted(const QString &conninfo);
    /// The person does not want to wait any longer; the page is ready for another try already.
    void cancelled();

private:
    QWidget *buildCard();
    void cancel();
    void submit();

    QComboBox *m_conninfo;
    QLabel *m_error;
    QLabel *m_remedy;
    QLabel *m_connecting;
    QProgressBar *m_progress;
    QPushButton *m_signIn;
    QPushButton *m_cancel;
    SignInState m_state;
};

} // namespace holdpoint
