using System.Collections.Concurrent;

namespace Sluice.Mcp.Consuming;

/// <summary>What is known of a connection beside its answers.</summary>
internal sealed class ConnectionState
{
    private readonly ConcurrentDictionary<string, Action<ServerProgress>> _progress = new(StringComparer.Ordinal);
    private string? _violation;
    private volatile bool _isEnded;
    private int _listVersion;
    private int _followed;

    /// <summary>Whether the connection can't be used any more.</summary>
    public bool IsOver => _isEnded || _violation is not null;

    /// <summary>Which limit the server did not keep; null: none.</summary>
    public string? Violation => _violation;

    /// <summary>How often the server has said that its tools changed.</summary>
    public int ListVersion => Volatile.Read(ref _listVersion);

    /// <summary>Gives the connection up because the server does not keep a limit.</summary>
    public void Refuse(string violation) => Interlocked.CompareExchange(ref _violation, violation, null);

    public void End() => _isEnded = true;

    public void ListChanged() => Interlocked.Increment(ref _listVersion);

    public string Follow(Action<ServerProgress> onProgress)
    {
        var token = $"call-{Interlocked.Increment(ref _followed)}";
        _progress[token] = onProgress;
        return token;
    }

    public void Unfollow(string token) => _progress.TryRemove(token, out _);

    public void Progress(string token, ServerProgress progress)
    {
        if (_progress.TryGetValue(token, out var onProgress)) onProgress(progress);
    }
}
