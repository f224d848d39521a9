import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A port that leads to the server, and that a test can cut: as a network would. */
export class Wire {
  private readonly ends = new Set<Socket>();
  private isCut = false;
  private readonly outer = createServer((near) => {
    if (this.isCut) return void near.destroy();
    const far = connect(Number(new URL(this.target).port), "127.0.0.1");
    for (const [end, other] of [[near, far], [far, near]] as const) {
      this.ends.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        this.ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });

  private constructor(private readonly target: string) {}

  /** Lays one to this address. */
  static async to(target: string): Promise<Wire> {
    const wire = new Wire(target);
    await new Promise<void>((resolve) => wire.outer.listen(0, "127.0.0.1", resolve));
    return wire;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.outer.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const end of this.ends) end.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.outer.close();
  }
}
