class RegisterTimeout extends Error {
  override readonly name = 'RegisterTimeout';
}

/** Settles with the work, or rejects once the time is up. */
export function withinLimit<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new RegisterTimeout('The register did not answer in time.'));
    const timer = setTimeout(giveUp, Math.max(0, timeoutMs));
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      finish();
    };
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error as Error)),
    );
  });
}
