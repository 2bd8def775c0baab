import { execFileSync } from "node:child_process";

/** One number out of a database: of the PostgreSQL URL, or of the SQLite file in the data folder. */
export function count(sql: string, data: string, url?: string): number {
  const answer = url
    ? execFileSync("psql", ["--no-psqlrc", "--tuples-only", "--no-align", url, "--command", sql], { encoding: "utf8" })
    : execFileSync("python3", ["-c", "import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])", `${data}/dean06.db`, sql], { encoding: "utf8" });
  return Number(answer.trim());
}
