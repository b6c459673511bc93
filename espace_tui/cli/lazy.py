"""What the command line imports at its first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "administration": "espace_tui.activation.use_cases.administration",
    "app": "espace_tui.app",
    "binder": "espace_tui.guide.binder",
    "birth_date": "espace_tui.validators.birth_date",
    "bundled": "espace_tui.guide.official.bundled",
    "calendar_file": "espace_tui.guide.calendar_file",
    "card_serial": "espace_tui.validators.card_serial",
    "checking": "espace_tui.journey.itineraries.checking",
    "clock": "espace_tui.clock",
    "desk": "espace_tui.guide.desk",
    "email": "espace_tui.validators.email",
    "getpass": "getpass",
    "guide": "espace_tui.journey.itineraries.guide",
    "handouts": "espace_tui.counter.handouts",
    "identifier": "espace_tui.validators.identifier",
    "json": "json",
    "linear": "espace_tui.linear",
    "mobile": "espace_tui.validators.mobile",
    "nir": "espace_tui.validators.nir",
    "official": "espace_tui.guide.official",
    "one_time_code": "espace_tui.validators.one_time_code",
    "password": "espace_tui.validators.password",
    "provisional_code": "espace_tui.validators.provisional_code",
    "receipts": "espace_tui.local.receipts",
    "registry": "espace_tui.backends.registry",
    "served": "espace_tui.kiosk.served",
    "shtab": "shtab",
    "shutil": "shutil",
    "tempfile": "tempfile",
    "training": "espace_tui.counter.training",
    "values": "espace_tui.model.values",
}

if TYPE_CHECKING:
    import getpass as getpass
    import json as json
    import shutil as shutil
    import tempfile as tempfile

    import shtab as shtab

    from espace_tui import app as app
    from espace_tui import clock as clock
    from espace_tui import linear as linear
    from espace_tui.activation.use_cases import administration as administration
    from espace_tui.backends import registry as registry
    from espace_tui.counter import handouts as handouts
    from espace_tui.counter import training as training
    from espace_tui.guide import binder as binder
    from espace_tui.guide import calendar_file as calendar_file
    from espace_tui.guide import desk as desk
    from espace_tui.guide import official as official
    from espace_tui.guide.official import bundled as bundled
    from espace_tui.journey.itineraries import checking as checking
    from espace_tui.journey.itineraries import guide as guide
    from espace_tui.kiosk import served as served
    from espace_tui.local import receipts as receipts
    from espace_tui.model import values as values
    from espace_tui.validators import birth_date as birth_date
    from espace_tui.validators import card_serial as card_serial
    from espace_tui.validators import email as email
    from espace_tui.validators import identifier as identifier
    from espace_tui.validators import mobile as mobile
    from espace_tui.validators import nir as nir
    from espace_tui.validators import one_time_code as one_time_code
    from espace_tui.validators import password as password
    from espace_tui.validators import provisional_code as provisional_code
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
