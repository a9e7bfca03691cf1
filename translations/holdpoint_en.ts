<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>holdpoint::AgentDetails</name>
    <message numerus="yes">
        <source>%n action(s) open</source>
        <translation>
            <numerusform>%n action open</numerusform>
            <numerusform>%n actions open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>holdpoint::Approvals</name>
    <message numerus="yes">
        <source>%n approval(s) needed</source>
        <translation>
            <numerusform>%n approval needed</numerusform>
            <numerusform>%n approvals needed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>holdpoint::QueueDelegate</name>
    <message numerus="yes">
        <source>%n approval(s)</source>
        <translation>
            <numerusform>%n approval</numerusform>
            <numerusform>%n approvals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>holdpoint::QueueList</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>holdpoint::ReceiptView</name>
    <message numerus="yes">
        <source>NOT revoked yet · %n tries</source>
        <translation>
            <numerusform>NOT revoked yet · %n try</numerusform>
            <numerusform>NOT revoked yet · %n tries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n tries)</source>
        <translation>
            <numerusform>%1 (%n try)</numerusform>
            <numerusform>%1 (%n tries)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>holdpoint::ReviewPane</name>
    <message numerus="yes">
        <source>%n statement(s)</source>
        <translation>
            <numerusform>%n statement</numerusform>
            <numerusform>%n statements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>holdpoint::RevokeDialog</name>
    <message numerus="yes">
        <source>%1 · %n open</source>
        <translation>
            <numerusform>%1 · %n open</numerusform>
            <numerusform>%1 · %n open</numerusform>
        </translation>
    </message>
</context>
</TS>
