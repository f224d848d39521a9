using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>A part of requests that is written once and referred to by its hash.</summary>
/// <param name="Hash">The beginning of the SHA-256, in hex, of its canonical JSON.</param>
/// <param name="Name">What it is: <c>message</c> or <c>tools</c>.</param>
/// <param name="Json">The part.</param>
internal sealed record CassetteDefinition(string Hash, string Name, JsonElement Json);
