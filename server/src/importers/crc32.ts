/** The checksum of zip files: bytes in pieces, one after another. */
export class Crc32 {
  #sum = 0xffff_ffff;

  add(bytes: Uint8Array): void {
    let sum = this.#sum;
    for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
    this.#sum = sum;
  }

  get value(): number {
    return (this.#sum ^ 0xffff_ffff) >>> 0;
  }
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  return sum;
});
