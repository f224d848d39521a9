using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>A part of requests that is written once and referred to by its hash.</summary>
/// <param name="Hash">The beginning of the SHA-256, in hex, of its canonical JSON and of the hash that it comes after.</param>
/// <param name="Name">What it is: <see cref="Message"/> or <see cref="Tools"/>.</param>
/// <param name="Json">The part.</param>
/// <param name="After">The hash of the message before it; null for tools and for the first message.</param>
internal sealed record CassetteDefinition(string Hash, string Name, JsonElement Json, string? After)
{
    public const string Message = "message";
    public const string Tools = "tools";
}
