"""Any source file to sheets, and sheets to blocks of text cells, with every unsound record named by its line."""

from conflict_events.converters.reading.model import BLOCK_BYTES, Block, Reject, Shape, Sheet
from conflict_events.converters.reading.sources import sheets

__all__ = ["BLOCK_BYTES", "Block", "Reject", "Shape", "Sheet", "sheets"]
