"""How are more records compared than one machine holds pairs of? The same columns and levels, as a Splink model.

Names are still read here, by the same code; what is compared, and what each agreement is worth, is handed to Splink,
which counts on DuckDB or on Spark. `astra dedupe` and `astra link` take `--engine`.
"""
