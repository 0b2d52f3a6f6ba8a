// Reads messages with a mail program's parser that is not Python's. In: a list of messages in base64, as JSON.
// Out: for each, whom its headers name.
import PostalMime from "postal-mime";
import { readFileSync } from "node:fs";

const messages = JSON.parse(readFileSync(0, "utf8"));
const read = await Promise.all(messages.map((one) => PostalMime.parse(Buffer.from(one, "base64"))));
const named = (found) => [found].flat().filter(Boolean).map(({ name, address, group }) => ({ name, address, group }));
console.log(JSON.stringify(read.map(({ from, to, replyTo }) => ({ from: named(from), to: named(to), replyTo: named(replyTo) }))));
