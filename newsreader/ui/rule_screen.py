"""Rules on the screen: muting, following, and what rules there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work

from newsreader.model import Article, ConfigError, InvalidQueryError
from newsreader.query import edit
from newsreader.text.counted import counted
from newsreader.ui.current_screen import CurrentScreen
from newsreader.ui.filter_pane import FilterPane

if TYPE_CHECKING:
    from newsreader.config.rules import Rule
    from newsreader.library.answer import Answer
    from newsreader.library.rule_book import RuleBook
    from newsreader.ui.rule_choices import Subject


class _Done(NamedTuple):
    """A change of rules: what to say of it, the rule it made, and what takes it back."""

    say: str = ""
    made: Rule | None = None
    undo: Callable[[], object] | None = None


class RuleScreen(CurrentScreen):
    """What the reader does with rules. The file is read when there is one."""

    _rule_book: RuleBook | None = None
    _looks_at = ""
    """What is followed that is looked at as soon as the list that shows it is counted."""

    @property
    def rules(self) -> RuleBook | None:
        """The rules; None where there is no place to keep them."""
        files = self.saved_files
        if self._rule_book is None and files is not None and files.rules and files.followed:
            from newsreader.library.rule_book import RuleBook

            self._rule_book = RuleBook(files.rules, files.followed)
        return self._rule_book

    def know_saved(self) -> None:
        """Let the library keep to the rules as the file has them now, as well."""
        super().know_saved()
        file = self.saved_files.rules if self.saved_files is not None else None
        if file is not None and (self._rule_book is not None or file.exists()):
            book = self.rules
            if book is not None:
                book.tell(self.library)

    # Muting and following

    def action_mute(self) -> None:
        """Choose what to mute: the story, its provider, a topic or a word; and until when."""
        from newsreader.ui.dialogs import ChoiceDialog
        from newsreader.ui.rule_choices import subjects

        targets = self._targets
        if not targets:
            return
        piece = targets[0]
        article_id = piece.id if isinstance(piece, Article) else ""
        muting = [rule for rule in self.library.rules_about(article_id, self.now) if rule.mutes]
        found = list(subjects(piece))
        choices = [f"No longer: {rule.name}" for rule in muting]
        choices += [subject.choice for subject in found]

        def chosen(number: int | None) -> None:
            if number is None:
                return
            if number < len(muting):
                self._delete_rule(muting[number].name)
            elif number < len(choices):
                self._mute(found[number - len(muting)])
            else:
                self._mute_word()

        self.app.push_screen(ChoiceDialog("Mute", [*choices, "A word in titles …"]), chosen)

    def _mute_word(self) -> None:
        from newsreader.ui.dialogs import TextDialog
        from newsreader.ui.rule_choices import about_word

        def accept(word: str) -> None:
            if not word:
                raise ConfigError("There is nothing to mute.")
            self.call_later(self._mute, about_word(word))

        hint = "⏎ go on   Esc close   Quotes are not needed for several words."
        self.app.push_screen(TextDialog("Mute titles with", "", accept, hint))

    def _mute(self, subject: Subject) -> None:
        from newsreader.config.rules import MUTE, Rule

        rule = Rule(MUTE, subject.name, subject.query)
        self._ask_until(f"Mute {subject.name}", rule, self._add_rule)

    def _ask_until(self, title: str, rule: Rule, then: Callable[[Rule], None]) -> None:
        """Ask for the last day of *rule*, which may be one of the usual ones or any."""
        from newsreader.ui.dialogs import ChoiceDialog
        from newsreader.ui.rule_choices import ENDS

        ends = list(ENDS.values())

        def chosen(number: int | None) -> None:
            if number is None:
                return
            if number == len(ends):
                self._ask_date(title, rule, then)
                return
            days = ends[number]
            end = None if days is None else self.now.date() + timedelta(days=days)
            then(rule._replace(until=end))

        self.app.push_screen(ChoiceDialog(title, [*ENDS, "Until a date …"]), chosen)

    def _ask_date(self, title: str, rule: Rule, then: Callable[[Rule], None]) -> None:
        from newsreader.library.rule_book import last_day
        from newsreader.ui.dialogs import TextDialog

        def accept(text: str) -> None:
            then(rule._replace(until=last_day(text, self.now)))

        text = rule.until.isoformat() if rule.until is not None else ""
        hint = "The last day: 2026-12-31, 2026-12, or 7d from now. Empty for good.   Esc close"
        self.app.push_screen(TextDialog(title, text, accept, hint))

    def action_follow(self) -> None:
        """Follow the story, or no longer."""
        from newsreader.ui.rule_choices import story_query

        articles = [piece for piece in self._targets if isinstance(piece, Article)]
        if not articles:
            self.notify("This story is not in the library.", severity="warning", markup=False)
            return
        about = self.library.rules_about(articles[0].id, self.now)
        stories = [rule for rule in about if not rule.mutes and rule.query.startswith("story:")]
        if stories:
            self._delete_rule(stories[0].name)
        else:
            self._follow_or_not(articles[0].headline, story_query(articles[0]))

    def _follow_or_not(self, name: str, query: str) -> None:
        """Follow what *query* finds; or no longer, if it is followed."""
        from newsreader.config.rules import FOLLOW, Rule

        for rule in self.library.rules:
            if rule.query == query and not rule.mutes:
                self._delete_rule(rule.name)
                return
        self._add_rule(Rule(FOLLOW, name, query))

    @on(FilterPane.RuleWanted)
    def _rule_wanted(self, event: FilterPane.RuleWanted) -> None:
        from newsreader.ui.rule_choices import about_value

        if event.what == "look":
            answer = self.answer
            is_shown = answer is not None and answer.query.text == self.query_text
            if answer is not None and is_shown and answer.filters.facets:
                self._look_at(event.value)
            else:
                self._looks_at = event.value
        elif event.what == "delete":
            self._delete_rule(event.value)
        else:
            subject = about_value(event.field, event.value, event.label)
            if event.what == "mute":
                self._mute(subject)
            else:
                self._follow_or_not(subject.name, subject.query)

    def show_counts(self, answer: Answer) -> None:
        """Mark what is new in the list as well, which is known as soon as it is counted."""
        before = self.answer
        super().show_counts(answer)
        if before is None or before.filters.followed != answer.filters.followed:
            self.list_pane.redraw()
        name, self._looks_at = self._looks_at, ""
        if name:
            self._look_at(name)

    # Changing rules

    def _add_rule(self, rule: Rule) -> None:
        self.keep_marks()

        def change(book: RuleBook) -> _Done:
            if self.keeper is not None and not self.library.are_samples:
                # What is there already is not new, even if that was not noted yet.
                self._see()
                self.keeper.keep()
            saved = book.add(rule, self.library, self.now)
            before = saved.before
            if before is None:
                return _Done("", saved.rule, lambda: book.delete(saved.rule.name))
            return _Done("", saved.rule, lambda: book.put_back(before))

        self._change_rules(change)

    def _delete_rule(self, name: str) -> None:
        def change(book: RuleBook) -> _Done:
            deleted = book.delete(name)
            done = "muted" if deleted.rule.mutes else "followed"
            say = f"No longer {done}: {deleted.rule.name}."
            return _Done(say, None, lambda: book.restore(deleted))

        self._change_rules(change)

    def _look_at(self, name: str) -> None:
        """Note that the reader looks at what is followed as *name*, once a list shows it.

        What was new stays marked in that list.
        """

        def change(book: RuleBook) -> _Done:
            book.look(name, self.library, self.now)
            return _Done()

        self._change_rules(change, asks=False)

    def _set_until(self, rule: Rule) -> None:
        def change(book: RuleBook) -> _Done:
            before = book.set_until(rule.name, rule.until)
            return _Done("", rule, lambda: book.put_back(before))

        self._change_rules(change)

    @work(thread=True, group="rules", exit_on_error=False)
    def _change_rules(self, change: Callable[[RuleBook], _Done], *, asks: bool = True) -> None:
        """Make a change, which writes files, and find what the rules come to then."""
        book = self.rules
        try:
            if book is None:
                raise ConfigError("There is no place to keep rules.")
            done = change(book)
            book.tell(self.library)
        except ConfigError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", markup=False)
            return
        self.library.ruled(self.now)
        count = self.library.count_of(done.made, self.now) if done.made is not None else None
        self.app.call_from_thread(self._rules_changed, done, count, asks=asks)

    def _rules_changed(self, done: _Done, count: int | None, *, asks: bool) -> None:
        say = _told(done.made, count) if done.made is not None else done.say
        undo = done.undo
        if undo is not None:
            say = f"{say} u undoes it."
            self.note_change(lambda: self._take_back(undo))
        if say:
            self.notify(say, timeout=6, markup=False)
        if asks:
            self.ask()
            self._count_rules()
        else:
            self.count_again()

    def _take_back(self, undo: Callable[[], object]) -> None:
        def change(_: RuleBook) -> _Done:
            undo()
            return _Done("Undone.")

        self._change_rules(change)

    # All rules

    def action_rules(self) -> None:
        """List the rules."""
        from newsreader.ui.rules_dialog import RulesDialog

        self.app.push_screen(RulesDialog(self.library.rules, self.now.date(), self._want))
        self._count_rules()

    @work(thread=True, exclusive=True, group="count", exit_on_error=False)
    def _count_rules(self) -> None:
        rules = self.library.rules
        counts = {rule.query: self.library.count_of(rule, self.now) for rule in rules}
        self.app.call_from_thread(self._show_rules, rules, counts)

    def _show_rules(self, rules: Sequence[Rule], counts: Mapping[str, int | None]) -> None:
        from newsreader.ui.rules_dialog import RulesDialog

        for dialog in self.app.screen_stack:
            if isinstance(dialog, RulesDialog):
                dialog.show(rules, counts)

    def _want(self, what: str, rule: Rule) -> None:
        """Do what the reader wants with one of the rules listed."""
        if what == "delete":
            self._delete_rule(rule.name)
        elif what == "edit":
            self._ask_date(f"Until when: {rule.name}", rule, self._set_until)
        else:
            self.is_typing = False
            self.query_text = self._query_of(rule)
            self.go_to("list")

    def _query_of(self, rule: Rule) -> str:
        """The query that shows what *rule* is about, hidden or not."""
        if not rule.mutes or rule.is_over(self.now.date()):
            return rule.query
        try:
            return edit.append(rule.query, "is:hidden")
        except InvalidQueryError:
            return rule.query


def _told(rule: Rule, count: int | None) -> str:
    """What a rule that was made does, in words."""
    from newsreader.ui.rule_choices import until

    if count is None:
        kind = "muted" if rule.mutes else "followed"
        return f"{rule.name} is {kind}, but Ctrl-e tells what is wrong."
    if rule.mutes:
        return f"Muted{until(rule)}: {rule.name}. {counted(count, 'article')} hidden."
    return f"Followed{until(rule)}: {rule.name}. {counted(count, 'article')} so far."
