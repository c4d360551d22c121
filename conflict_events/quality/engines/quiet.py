"""Silence around the libraries that speak where our user's program reads: stderr is clean by contract."""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from io import StringIO

from conflict_events.quality.engines.frame import EngineError


@contextmanager
def quiet() -> Iterator[None]:
    """Great Expectations, pandera and what they import warn, log and print. Errors are raised as ever.

    One of them does worse: pyspark, which both import where it is installed, takes a main module without a file
    (`python -c`) for a doctest and ends the program with success. So the main module has a file here, and an end of
    the program becomes an EngineError: a check that did not run must never look like one that passed.
    """
    disabled = logging.root.manager.disable
    main = sys.modules["__main__"]
    unnamed = not hasattr(main, "__file__")
    logging.disable(logging.CRITICAL)
    if unnamed:
        main.__file__ = "<none>"
    try:
        with warnings.catch_warnings(), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    except SystemExit as end:
        raise EngineError(f"a library ended the program (code {end.code}) before the rules had run") from end
    finally:
        logging.disable(disabled)
        if unnamed:
            del main.__file__
