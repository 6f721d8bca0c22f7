"""Teaches papermill to write parameters in Java, and runs its command line.

    PYTHONPATH=docs/papermill python3 -m moviola_papermill in.ipynb out.ipynb -p variants 50

In Python, `import moviola_papermill` before `papermill.execute_notebook` does the same.
"""

import json
import math

from papermill.translators import Translator, papermill_translators


class JavaTranslator(Translator):
    """Values as Java expressions; parameters as variables."""

    @classmethod
    def translate_str(cls, val):
        return json.dumps(str(val), ensure_ascii=False)

    translate_escaped_str = translate_str

    @classmethod
    def translate_none(cls, val):
        return "(Object) null"

    @classmethod
    def translate_int(cls, val):
        if -(2**31) <= val < 2**31:
            return str(val)
        return f"{val}L" if -(2**63) <= val < 2**63 else f'new java.math.BigInteger("{val}")'

    @classmethod
    def translate_float(cls, val):
        if math.isfinite(val):
            return repr(val)
        return "Double.NaN" if math.isnan(val) else f"Double.{'POSITIVE' if val > 0 else 'NEGATIVE'}_INFINITY"

    @classmethod
    def translate_list(cls, val):
        return f"java.util.Arrays.asList({', '.join(map(cls.translate, val))})"

    translate_tuple = translate_list

    @classmethod
    def translate_dict(cls, val):
        puts = " ".join(f"put({cls.translate_str(key)}, {cls.translate(item)});" for key, item in val.items())
        return f"new java.util.LinkedHashMap<String, Object>() {{{{ {puts} }}}}"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        return f"var {name} = {str_val};"


papermill_translators.register("java", JavaTranslator)

if __name__ == "__main__":
    from papermill.cli import papermill

    papermill()
