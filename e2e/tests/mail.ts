import { createServer, type Server, type Socket } from "node:net";

/** A letter as it came over the wire. */
export interface Letter {
  to: string[];
  headers: string;
  body: string;
}

/** Takes mail by SMTP (RFC 5321) and keeps it. */
export class MailSink {
  readonly letters: Letter[] = [];
  private readonly lines = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  /** Listens on a port of the loopback. */
  static async open(port: number): Promise<MailSink> {
    const server = createServer();
    const sink = new MailSink(server);
    server.on("connection", (socket) => {
      sink.lines.add(socket);
      socket.on("close", () => sink.lines.delete(socket));
      sink.converse(socket);
    });
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
    return sink;
  }

  /** Ends, also the lines that a sender keeps open for its next letter. */
  async close(): Promise<void> {
    for (const line of this.lines) line.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private converse(socket: Socket): void {
    let waiting = "";
    let to: string[] = [];
    let data: string[] | undefined;
    const say = (words: string) => socket.write(`${words}\r\n`);
    const line = (text: string): void => {
      if (data) {
        if (text !== ".") return void data.push(text.startsWith(".") ? text.slice(1) : text);
        this.letters.push(letter(to, data));
        [to, data] = [[], undefined];
        return void say("250 kept");
      }
      const verb = text.slice(0, 4).toUpperCase();
      if (verb === "RCPT") to.push(/<([^>]*)>/.exec(text)?.[1] ?? "");
      if (verb === "DATA") data = [];
      say(verb === "DATA" ? "354 go on" : verb === "QUIT" ? "221 good-bye" : "250 sink");
      if (verb === "QUIT") socket.end();
    };
    say("220 sink");
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: string) => {
      waiting += chunk;
      for (let end = waiting.indexOf("\r\n"); end >= 0; end = waiting.indexOf("\r\n")) {
        line(waiting.slice(0, end));
        waiting = waiting.slice(end + 2);
      }
    });
  }
}

function letter(to: string[], lines: string[]): Letter {
  const blank = lines.indexOf("");
  const headers = lines.slice(0, blank).join("\n");
  const raw = lines.slice(blank + 1).join("\r\n");
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(headers)?.[1]?.toLowerCase();
  const bytes = encoding === "base64" ? Buffer.from(raw, "base64") : Buffer.from(encoding === "quoted-printable" ? unquoted(raw) : raw, "latin1");
  return { to, headers, body: bytes.toString("utf8") };
}

function unquoted(text: string): string {
  return text.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
