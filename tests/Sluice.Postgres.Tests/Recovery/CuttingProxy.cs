using System.Net;
using System.Net.Sockets;

namespace Sluice.Postgres.Tests.Recovery;

/// <summary>Stands before a server and can lose its next answer: the server has done what was asked, and the client never learns it.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposal = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _answersToLose;
    private int _lost;

    public CuttingProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Lost => Volatile.Read(ref _lost);

    /// <summary>The next answer, on whatever connection, is lost and its connection closed.</summary>
    public void LoseNextAnswer() => Interlocked.Increment(ref _answersToLose);

    public async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _disposal.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptTcpClientAsync(_disposal.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _disposal.Token);
                var (toServer, toClient) = (client.GetStream().CopyToAsync(server.GetStream(), _disposal.Token), AnswerAsync(server.GetStream(), client.GetStream()));
                await Task.WhenAny(toServer, toClient);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // One of the two hung up.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var buffer = new byte[64 * 1024];
        while (await server.ReadAsync(buffer, _disposal.Token) is var count and > 0)
        {
            if (Volatile.Read(ref _answersToLose) > 0 && Interlocked.Decrement(ref _answersToLose) >= 0)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            await client.WriteAsync(buffer.AsMemory(0, count), _disposal.Token);
        }
    }
}
