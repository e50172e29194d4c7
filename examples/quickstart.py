"""The quick start in Python."""

import tenantry

print(tenantry.version())
