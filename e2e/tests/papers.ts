import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { deflateRawSync } from "node:zlib";

/** A file as the browser hands it in. */
export interface Paper {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The paper as a file, written once: a browser knows a file again by its name, size and date. */
export function onDisk(paper: Paper): string {
  mkdirSync("out/papers", { recursive: true });
  const path = resolve("out/papers", paper.name);
  if (!existsSync(path)) writeFileSync(path, paper.buffer);
  return path;
}

/** A whole PDF of at least `bytes` bytes; each is different from the other sizes. */
export function pdf(name: string, bytes = 1_000): Paper {
  const head = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n";
  const filler = "%".padEnd(79, "0123456789") + "\n";
  const body = head + filler.repeat(Math.ceil(bytes / filler.length));
  const tail = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 3 >>\nstartxref\n${body.length}\n%%EOF\n`;
  return { name, mimeType: "application/pdf", buffer: Buffer.from(body + tail, "latin1") };
}

/** A program that calls itself a PDF. */
export const program: Paper = {
  name: "giay-to.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.concat([Buffer.from("MZ\x90\x00\x03"), Buffer.alloc(2_000, 7)]),
};

/** A file without a byte. */
export const empty: Paper = { name: "trong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) };

/** A Word document of some kilobytes that unpacks to hundreds of megabytes. */
export function bomb(): Paper {
  const zeros = Buffer.alloc(300 * 1024 * 1024);
  const packed = deflateRawSync(zeros, { level: 9 });
  return {
    name: "no.docx",
    mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    buffer: zip("word/document.xml", packed, zeros.length, crcOfZeros(zeros.length)),
  };
}

/** An archive of one deflated entry (APPNOTE 6.3.10). */
function zip(entry: string, packed: Buffer, size: number, crc: number): Buffer {
  const name = Buffer.from(entry);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc, 14);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc, 16);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}

/** CRC-32 of that many zero bytes. */
function crcOfZeros(length: number): number {
  let crc = 0xffffffff;
  const table = Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
  for (let at = 0; at < length; at++) crc = (crc >>> 8) ^ table[crc & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}
