/** The part of pdf.js that reads the file, in a thread of its own and from our own address. */

import "pdfjs-dist/legacy/build/pdf.worker.min.mjs";
