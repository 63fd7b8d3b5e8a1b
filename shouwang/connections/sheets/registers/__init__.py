"""One module a register: its columns, and how a line becomes a record."""

from __future__ import annotations

from shouwang.connections.sheets.models import SheetKind
from shouwang.connections.sheets.registers import addresses, declarations, dwellings, organisations, residents
from shouwang.connections.sheets.registers.register_sheet import RegisterSheet

REGISTERS: dict[str, RegisterSheet] = {
    SheetKind.ADDRESSES: addresses.SHEET,
    SheetKind.DWELLINGS: dwellings.SHEET,
    SheetKind.RESIDENTS: residents.SHEET,
    SheetKind.ORGANISATIONS: organisations.SHEET,
    SheetKind.DECLARATIONS: declarations.SHEET,
}
