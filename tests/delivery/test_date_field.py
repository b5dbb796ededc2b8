"""The Date header has the time of sending, and the rest of the message is as it was."""

import datetime

from newsletter.delivery.date_field import with_date

_NOON = datetime.datetime(2190, 12, 2, 12, 5, 9, tzinfo=datetime.timezone(datetime.timedelta(hours=-3)))


def test_only_the_first_date_of_the_header_changes() -> None:
    rest = b"Subject: Date: today\r\n\r\nDate: in a text\r\n"
    sent = with_date(b"From: a@example.org\r\nDate: Thu, 02 Dec 2190 09:00:00 +0000\r\n" + rest, _NOON)
    assert sent == b"From: a@example.org\r\nDate: Thu, 02 Dec 2190 12:05:09 -0300\r\n" + rest
    assert with_date(sent, _NOON) == sent


def test_a_message_without_a_date_stays() -> None:
    message = b"From: a@example.org\r\n\r\nDate: in a text\r\n"
    assert with_date(message, _NOON) == message
