/** Returns what a command that ends with exit 0 prints on standard output. */
export function printed(work: () => number): string {
  let text = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += chunk.toString();
    return true;
  });
  try {
    expect(work()).toBe(0);
  } finally {
    write.mockRestore();
  }
  return text;
}
