"""What each entry of a file would change: which term it is, what it would say, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from annotations.actions._terms import DEEPEST, check_input
from annotations.authorities import recognized
from annotations.enums import Aspect
from annotations.exchange.records import MOST, TermRecord
from annotations.models import Term, TermName, VocabularyRow, VocabularyStep
from annotations.presenters.term_values import given, merged, scheme_iri, stored
from annotations.values import Match
from archive.access import permitted, visible_to
from archive.enums import RowOutcome
from archive.errors import HashiyaError, ImportRefused, Invalid
from archive.models import User
from archive.text.folding import fold_key

#: Terms that are read at once; a database takes only so many parameters.
_CHUNK = 2_000


class Plan:
    """The entries of a file beside the vocabulary as it is; the number of queries does not grow with the entries."""

    def __init__(self, step: VocabularyStep, records: Sequence[TermRecord], by: User) -> None:
        if len(records) > MOST:
            raise ImportRefused("too_many_terms", most=MOST)
        self._step, self._records = step, records
        self._by_id, self._above = self._vocabulary(by)
        self._may = set(permitted(Term, by, "change").values_list("pk", flat=True))
        self._by_link = self._links()
        self._terms = {record.place: self._term_of(record) for record in records}
        self._keys = {record.key: record for record in records if record.key}
        self._named = self._names_in_file(records)
        self._names_here: dict[str, str] = {}
        if step.asked["format"] == "csv":
            self._names_here = self._all_named(by)

    def _vocabulary(self, by: User) -> tuple[dict[str, Term], dict[str, str]]:
        rows = visible_to(Term, by).select_related("broader").prefetch_related("names")
        terms: dict[str, Term] = {}
        for term in rows.order_by("pk").iterator(chunk_size=_CHUNK):
            terms[term.public_id] = term
        above = {pk: term.broader.public_id for pk, term in terms.items() if term.broader}
        return terms, above

    def _links(self) -> dict[tuple[str, str], str]:
        """Return the terms by what they are elsewhere."""
        found: dict[tuple[str, str], str] = {}
        for public_id, term in self._by_id.items():
            if term.merged_into_id is None:
                for pair in term.authority.items():
                    found.setdefault((pair[0], str(pair[1])), public_id)
                for match in term.matches:
                    if match["relation"] == "exact":
                        found.setdefault(("", match["url"]), public_id)
        return found

    def _all_named(self, by: User) -> dict[str, str]:
        wanted = {fold_key(record.broader).strip() for record in self._records if record.broader}
        seen = visible_to(Term, by).filter(merged_into=None)
        rows = TermName.objects.filter(term__in=seen).order_by("is_label", "-term_id")
        return {
            folded: public_id
            for folded, public_id in rows.values_list("folded", "term__public_id").iterator(chunk_size=_CHUNK)
            if folded in wanted
        }

    def _names_in_file(self, records: Sequence[TermRecord]) -> dict[str, TermRecord]:
        found: dict[str, TermRecord] = {}
        for record in records:
            for words in (record.label_ar, record.label_en):
                if words:
                    found.setdefault(fold_key(words).strip(), record)
        return found

    def _term_of(self, record: TermRecord) -> Term | None:
        """Return the term that an entry is: the one that it names, or the one that is the same elsewhere."""
        public_id = record.key.removeprefix(f"{scheme_iri()}/")
        if public_id in self._by_id:
            return self._by_id[public_id]
        links = [recognized(record.key) or ("", record.key), *record.authority.items()]
        links += [("", match.url) for match in record.matches if match.relation == "exact"]
        found = next((self._by_link[link] for link in links if link in self._by_link), None)
        return self._by_id[found] if found else None

    def rows(self) -> Iterator[VocabularyRow]:
        """Yield the unsaved rows, in the order of the file."""
        circles = self._circles()
        seen: set[int] = set()
        for record in self._records:
            term = self._terms[record.place]
            twice = term is not None and term.pk in seen
            seen |= {term.pk} if term else set()
            yield self._row(record, term, circles, twice)

    def _row(
        self, record: TermRecord, term: Term | None, circles: dict[int, str], twice: bool
    ) -> VocabularyRow:
        self._name_elsewhere(record, term)
        before = stored(term) if term else None
        above = self._broader(record)
        after = merged(before, record, broader=above or "")
        problem = self._problem(record, term, after, above, circles.get(record.place), twice)
        outcome = (
            RowOutcome.NEW if term is None else RowOutcome.SAME if before == after else RowOutcome.CHANGES
        )
        label = after["label_ar"] or after["label_en"] or record.key
        return VocabularyRow(
            step=self._step, place=record.place, aspect=Aspect.TERM, term=term, version=term.version if term else 0,
            label=label[:300], before=before or {}, after=after | {"slug": record.slug if term is None else "", "key": self._own_key(record)},
            outcome=RowOutcome.REFUSED if problem else outcome, problem=problem,
        )  # fmt: skip

    def _own_key(self, record: TermRecord) -> str:
        return f"#{record.place}"

    def _name_elsewhere(self, record: TermRecord, term: Term | None) -> None:
        """Keep under what name a concept came, so that the same file finds it again."""
        if self._step.asked["format"] == "csv" or record.key.startswith(scheme_iri()):
            return
        known = recognized(record.key)
        if known:
            record.authority.setdefault(*known)
        elif record.key.startswith(("http://", "https://")) and (
            term is None or term.public_id not in record.key
        ):
            record.matches.append(Match("exact", record.key))

    def _broader(self, record: TermRecord) -> str | None:
        """Return the id of the broader term, "#n" for one of the file, "" for none; None when it is not there."""
        if not record.broader:
            return ""
        if record.broader in self._keys:
            other = self._keys[record.broader]
            known = self._terms[other.place]
            return known.public_id if known else self._own_key(other)
        public_id = record.broader.removeprefix(f"{scheme_iri()}/")
        link = recognized(record.broader) or ("", record.broader)
        if public_id in self._by_id:
            return public_id
        if link in self._by_link:
            return self._by_link[link]
        return self._named_broader(record.broader)

    def _named_broader(self, words: str) -> str | None:
        folded = fold_key(words).strip()
        other = self._named.get(folded) if self._step.asked["format"] == "csv" else None
        if other is not None:
            known = self._terms[other.place]
            return known.public_id if known else self._own_key(other)
        return self._names_here.get(folded)

    def _problem(
        self, record: TermRecord, term: Term | None, after: dict[str, Any], above: str | None, circle: str | None, twice: bool
    ) -> dict[str, Any]:  # fmt: skip
        code, field = record.problem or ("", "")
        if not code and twice:
            code, field = "term_twice", "id"
        if not code and self._step.asked["format"] == "csv" and record.key and term is None:
            code, field = "term_id_unknown", "id"
        if not code and term is not None and term.merged_into_id:
            code = "term_merged"
        if not code and term is not None and term.pk not in self._may:
            code = "not_allowed"
        if not code and above is None:
            code, field = "term_unnamed", "broader"
        if not code and circle:
            code, field = circle, "broader"
        if code:
            return {"code": code, "params": {"field": field, "most": DEEPEST}}
        try:
            check_input(given(after))
        except Invalid as error:
            return {"code": error.code, "params": {k: str(v) for k, v in error.params.items()}}
        except (HashiyaError, ValueError):
            return {"code": "choice_unknown", "params": {}}
        return {}

    def _circles(self) -> dict[int, str]:
        """Return the entries that would close a circle or a branch that is too deep, with the code."""
        above = dict(self._above)
        own: dict[str, int] = {}
        for record in self._records:
            term = self._terms[record.place]
            key = term.public_id if term else self._own_key(record)
            own[key] = record.place
            broader = self._broader(record)
            if broader:
                above[key] = broader
        found = {}
        for key, place in own.items():
            at, steps = above.get(key), 1
            while at is not None and at != key and steps <= DEEPEST:
                at, steps = above.get(at), steps + 1
            if at == key:
                found[place] = "broader_circle"
            elif at is not None:
                found[place] = "branch_too_deep"
        return found
