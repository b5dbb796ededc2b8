"""Helpers of the tests: what finds a browser, what builds faulty projects, what generates issues."""
