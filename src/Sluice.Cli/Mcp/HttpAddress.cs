using System.Net;

namespace Sluice.Cli.Mcp;

/// <summary>Where a server listens, and who may reach it.</summary>
/// <param name="Host">The address that it listens on.</param>
/// <param name="Port">The port; 0: a free one.</param>
/// <param name="Path">The path of the endpoint.</param>
/// <param name="AllowedHosts">The names under which requests may come.</param>
/// <param name="BearerToken">What requests must bear; null: nothing.</param>
internal sealed record HttpAddress(IPAddress Host, int Port, string Path, IReadOnlyList<string> AllowedHosts, string? BearerToken);
