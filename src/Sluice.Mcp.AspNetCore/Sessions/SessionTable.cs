using System.Security.Cryptography;
using Sluice.Mcp.Serving;

namespace Sluice.Mcp.AspNetCore.Sessions;

/// <summary>The sessions of one endpoint. Those that nobody uses any more end by themselves; all end with the host.</summary>
internal sealed class SessionTable
{
    private readonly ServedAgent _agent;
    private readonly McpHttpOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private bool _isClosed;

    public SessionTable(ServedAgent agent, McpHttpOptions options, TimeProvider time, CancellationToken stopping)
    {
        (_agent, _options, _time) = (agent, options, time);
        var period = options.SessionIdleTimeout / 4;
        _sweep = time.CreateTimer(_ => Sweep(), null, period, period);
        stopping.Register(Close);
    }

    /// <summary>Begins a session with a request; null when there are too many.</summary>
    public Session? Begin()
    {
        lock (_gate)
        {
            if (_isClosed || _sessions.Count >= _options.MaxSessions) return null;
            var session = new Session(RandomNumberGenerator.GetHexString(32, lowercase: true), _agent, _options.Serving) { Requests = 1 };
            _sessions.Add(session.Id, session);
            return session;
        }
    }

    /// <summary>Takes a session for a request; null when there is none of this id.</summary>
    public Session? Enter(string id)
    {
        lock (_gate)
        {
            if (_sessions.GetValueOrDefault(id) is not { } session) return null;
            session.Requests++;
            return session;
        }
    }

    /// <summary>A request of the session is over.</summary>
    public void Leave(Session session)
    {
        lock (_gate)
        {
            session.Requests--;
            session.IdleSince = _time.GetTimestamp();
        }
    }

    /// <summary>Ends a session.</summary>
    public ValueTask EndAsync(Session session)
    {
        lock (_gate)
            _sessions.Remove(session.Id);
        return session.DisposeAsync();
    }

    private void Sweep()
    {
        lock (_gate)
        {
            foreach (var session in _sessions.Values.Where(session =>
                session.Requests == 0 && _time.GetElapsedTime(session.IdleSince) >= _options.SessionIdleTimeout).ToList())
            {
                _sessions.Remove(session.Id);
                _ = session.DisposeAsync().AsTask();
            }
        }
    }

    private void Close()
    {
        _sweep.Dispose();
        lock (_gate)
        {
            _isClosed = true;
            foreach (var session in _sessions.Values) _ = session.DisposeAsync().AsTask();
            _sessions.Clear();
        }
    }
}
