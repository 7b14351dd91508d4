"""The departments' doors over HTTP: one module a standard; the reading is done in intake."""
