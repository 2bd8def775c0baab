"""Validates every signature of a PDF with pyHanko against one trusted root.

usage: validate.py DOCUMENT ROOT; prints a line for each signature, exits with 1 when one does not pass.
"""

import asyncio
import sys

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


async def main(document: str, root: str) -> bool:
    trusted = load_cert_from_pemder(root)
    good = True
    with open(document, "rb") as stream:
        reader = PdfFileReader(stream)
        for signature in reader.embedded_signatures:
            context = ValidationContext(
                trust_roots=[trusted],
                moment=signature.self_reported_timestamp,
                best_signature_time=signature.self_reported_timestamp,
            )
            status = await async_validate_pdf_signature(signature, context)
            passed = status.bottom_line and signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
            print("PASSED" if passed else "FAILED", signature.field_name, status.summary())
            print(status.pretty_print_details())
            good = good and passed
    return good


sys.exit(0 if asyncio.run(main(sys.argv[1], sys.argv[2])) else 1)
