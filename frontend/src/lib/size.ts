import { interfaceLanguage } from "../i18n";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Write a number of bytes as people say it. */
export function fileSize(bytes: number, language: string = interfaceLanguage()): string {
  const step = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** step;
  const format = new Intl.NumberFormat(`${language}-u-nu-latn`, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    // The short word for bytes has no plural in English; in Arabic some units have a short word, and others none.
    unitDisplay: step === 0 || language === "ar" ? "long" : "short",
    maximumFractionDigits: step === 0 || (step === 1 && size >= 10) ? 0 : 1,
  });
  return format.format(size);
}
