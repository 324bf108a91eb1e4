// Prints the licences of what editor.js holds, package by package in order of name.
import { readdirSync, readFileSync } from "node:fs";

const folders = readdirSync("node_modules").flatMap((name) =>
  name.startsWith("@") ? readdirSync(`node_modules/${name}`).map((part) => `${name}/${part}`) : name.startsWith(".") ? [] : [name]);
for (const name of folders.filter((one) => !one.includes("esbuild")).sort()) {
  const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf-8"));
  console.log(`${name} ${version} (${license})\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf-8").trim()}\n`);
}
