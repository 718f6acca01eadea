/** Every file of a drop, those of dropped folders too, however deep. */

/** Where a file of a dropped folder lay: the browser tells it with the drop alone. */
const paths = new WeakMap<File, string>();

/** Where a file lay among what was chosen or dropped, its name last; empty when nobody told. */
export function pathOf(file: File): string {
  return paths.get(file) ?? file.webkitRelativePath;
}

export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  // The entries must be taken before the first `await`: the browser empties the transfer afterwards.
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.length === 0) return [...transfer.files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    const path = entry.fullPath.replace(/^\/+/, "");
    if (path.includes("/")) paths.set(file, path);
    return [file];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const inside: FileSystemEntry[] = [];
  // A folder is read in portions of some hundred names until one is empty.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (portion.length === 0) break;
    inside.push(...portion);
  }
  return (await Promise.all(inside.map(filesOf))).flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
