from congress.kit.remembered import forget, remembered


def counting():
    calls = []

    @remembered(60)
    def double(number, *, more=0):
        calls.append(number)
        return (number * 2 + more,)

    return double, calls


def test_equal_arguments_are_asked_once_and_give_the_same():
    double, calls = counting()
    assert double(2) is double(2)
    assert double(3, more=1) == (7,)
    assert calls == [2, 3]


def test_it_is_asked_anew_when_its_time_is_over(monkeypatch):
    double, calls = counting()
    double(2)
    monkeypatch.setattr("congress.kit.remembered.clock", lambda: 61.0)
    double(2)
    assert calls == [2, 2]


def test_what_was_forgotten_is_asked_anew():
    double, calls = counting()
    double(2)
    forget()
    double(2)
    assert calls == [2, 2]
