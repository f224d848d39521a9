using System.Globalization;

namespace Sluice.Bench.Live;

/// <summary>What all loops send through: an HTTP client with connections of its own, and headers that tell the server what to do.</summary>
internal static class LiveConnection
{
    public static HttpClient Create(int turns, bool isSlow)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add(LiveServer.TurnsHeader, turns.ToString(CultureInfo.InvariantCulture));
        if (isSlow) client.DefaultRequestHeaders.Add(LiveServer.SlowHeader, "1");
        return client;
    }
}
