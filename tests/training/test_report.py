from training.report import as_markdown


def test_small_rates_and_large_counts_are_shown_as_they_are():
    told = as_markdown({"claims": {"rate": 1.2e-4, "epochs": 4.0}, "reports": 1079})
    assert "| rate | 0.00012 |" in told and "| epochs | 4 |" in told
    assert "reports: 1079" in told
