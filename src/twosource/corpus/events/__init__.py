"""Events: claims of one occurrence, from any number of reports, put together with a sentence that says why."""
