"""Find the model that a name in a document stands for; make one for a name not seen before.

Names meet under the key of their parse (`kb.models.names`), by vendor. In order: the
model whose own name or alias it is, the model that a reviewed alias names, a new model. A new
model's id and name are spelt by us from the parse, so they don't depend on which spelling came
first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlmodel import Session, col, func, select

from kb.domain.drafts import Availability
from kb.domain.ids import make_content_id
from kb.domain.names import make_slug
from kb.models.names import Lookups, NameParts, load_lookups, parse_model_name
from kb.models.names.parts import make_token_key
from kb.models.names.reviewed import make_reviewed
from kb.models.names.spelling import spell_name
from kb.store.asserting import find_free, put_rows
from kb.store.insert import make_row
from kb.tables import Model

UNKNOWN_VENDOR = "unknown vendor"
_Key = tuple[str, str]  # vendor, name


class ModelIndex:
    """The models on record, by every spelling of their names; reads the table once.

    Those that only readings in `stale` found are not known before they are found anew. `resolved`
    holds the ids of the models that were asked for; who asks may clear it.
    """

    def __init__(
        self, session: Session, lookups: Lookups | None = None, stale: Collection[str] = ()
    ) -> None:
        self.session = session
        self.stale = stale
        self.resolved: set[str] = set()
        self._made: set[str] = set()
        self.lookups = lookups or load_lookups()
        self.reviewed = make_reviewed(self.lookups)
        self._forget()

    def _forget(self) -> None:
        self._ids: dict[_Key, str] = {}
        self._documented: defaultdict[str, set[str]] = defaultdict(set)
        self._apart: set[tuple[str, str]] = set()
        self._known: set[str] = set()
        self._count = 0

    def resolve(
        self,
        name: str,
        vendor: str | None = None,
        *,
        implied_vendor: str | None = None,
        by_name_only: bool = True,
        availability: Availability = Availability.UNKNOWN,
        availability_source_id: str | None = None,
    ) -> Model:
        """Return the model that `name` stands for; insert one when there is none (no commit).

        `vendor` is whom the document names as its maker, `implied_vendor` whom the document
        is about; between them counts who is known to make the family. Without any of them, a
        documented model of that name is taken if there is just one (`by_name_only`).
        Raises ValueError when the name has no letter or digit.
        """
        parts = parse_model_name(name, self.lookups)
        if not parts.key:
            raise ValueError(f"{name!r} has no letter or digit to make an address from")
        maker = self._find_maker(parts, vendor, implied_vendor)
        found = self._find(parts, maker, by_name_only)
        if found is None and self._is_stale():
            self._load()
            found = self._find(parts, maker, by_name_only)
        model = found or self._insert(
            parts, maker or UNKNOWN_VENDOR, availability, availability_source_id
        )
        self.resolved.add(model.id)
        return model

    def find(self, name: str, vendor: str | None = None) -> Model | None:
        """Return the model that `name` stands for, or None when there is none."""
        parts = parse_model_name(name, self.lookups)
        if self._is_stale():
            self._load()
        return self._find(parts, self._find_maker(parts, vendor, None), by_name_only=True)

    def _find_maker(self, parts: NameParts, vendor: str | None, implied: str | None) -> str | None:
        if vendor is not None:
            return self.lookups.find_vendor(vendor) or vendor
        if parts.vendor or parts.owner:
            return parts.vendor or parts.owner
        family = self.lookups.find_family_vendor(parts.words[0]) if parts.words else None
        if family is None and implied is not None:
            return self.lookups.find_vendor(implied) or implied
        return family

    def _find(self, parts: NameParts, maker: str | None, by_name_only: bool) -> Model | None:
        for key in self._list_keys(parts):
            if maker is not None:
                found = self._get(self._ids.get((_make_vendor_key(maker), key)), parts)
            else:
                ids = self._documented[key] if by_name_only else set()
                found = self._get(next(iter(ids)), parts) if len(ids) == 1 else None
                found = found or self._get(self._ids.get((_UNKNOWN_KEY, key)), parts)
            if found is not None:
                return found
        return None

    def _list_keys(self, parts: NameParts) -> Iterator[str]:
        """Keys to look under: the release, the model, the model that an alias names."""
        yield parts.release_key
        if self.reviewed.get_identity(parts) == parts.key != parts.release_key:
            yield parts.key
        if alias := self.reviewed.find_alias(parts):
            yield parse_model_name(alias.name, self.lookups).key

    def _get(self, model_id: str | None, parts: NameParts) -> Model | None:
        if model_id is None or (model_id, parts.release_key) in self._apart:
            return None
        model = self.session.get(Model, model_id)
        if model is None:  # inserted and rolled back
            self._load()
        return model

    def _insert(
        self, parts: NameParts, vendor: str, availability: Availability, source_id: str | None
    ) -> Model:
        alias = self.reviewed.find_alias(parts)
        own = parse_model_name(alias.name, self.lookups) if alias else parts
        key = self.reviewed.get_identity(own)
        precision = f" {' '.join(own.precision).upper()}" if key != own.key else ""
        model_id = f"{_make_vendor_key(vendor)}/{key.replace('@', '-')}"
        if model_id in self._known:  # a record of another name has this address
            model_id += f"-{make_content_id('', key)[1:7]}"
        row = make_row(
            Model,
            id=model_id,
            name=f"{spell_name(own, self.lookups)}{precision}",
            vendor=vendor,
            availability=availability,
            availability_source_id=source_id,
        )
        self._count += put_rows(self.session, [row])
        self._made.add(row.id)
        self._note(row)
        return self.session.get_one(Model, model_id)

    def _is_stale(self) -> bool:
        return self.session.exec(select(func.count(col(Model.id)))).one() != self._count

    def _load(self) -> None:
        self._forget()
        rows = self.session.exec(select(Model).order_by(col(Model.id))).all()
        free = find_free(self.session, [row.id for row in rows], self.stale) - self._made
        known = [row for row in rows if row.id not in free]
        for row in sorted(known, key=lambda row: (not _is_documented(row), row.id)):
            self._note(row)
        self._count = len(rows)

    def _note(self, row: Model) -> None:
        self._known.add(row.id)
        for spelling in (row.name, *row.aliases):
            parts = parse_model_name(spelling, self.lookups)
            owner = parts.vendor or (parts.owner if spelling != row.name else None)
            maker = _make_vendor_key(self.lookups.find_vendor(row.vendor) or row.vendor)
            self._ids.setdefault((maker, parts.release_key), row.id)
            if owner is not None:
                self._ids.setdefault((_make_vendor_key(owner), parts.release_key), row.id)
            if _is_documented(row):
                self._documented[parts.release_key].add(row.id)
        for name in row.not_the_same_as:
            self._apart.add((row.id, parse_model_name(name, self.lookups).release_key))


def _is_documented(row: Model) -> bool:
    return row.availability_source_id is not None or bool(row.aliases)


def _make_vendor_key(vendor: str) -> str:
    slug = make_slug(vendor)
    return slug if vendor.isascii() else make_token_key(vendor.casefold()) or slug


_UNKNOWN_KEY = _make_vendor_key(UNKNOWN_VENDOR)
