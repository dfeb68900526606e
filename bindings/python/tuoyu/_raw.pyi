# SPDX-License-Identifier: Apache-2.0
# What SWIG writes: functions and constants without types of their own.
from typing import Any

def __getattr__(name: str) -> Any: ...
