using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Sluice.Mcp.Consuming;

/// <summary>A transport through which a server gets only what it is owed.</summary>
internal sealed class GuardedTransport(IClientTransport inner, ConnectionState state) : IClientTransport
{
    public string Name => inner.Name;

    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
        new GuardedSession(await inner.ConnectAsync(cancellationToken).ConfigureAwait(false), state);
}
