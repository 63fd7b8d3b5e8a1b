"""Reviewing a serious case (责任倒查): drawn from the journal, found by people, closed after a hearing."""
