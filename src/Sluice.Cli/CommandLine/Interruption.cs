using System.Runtime.InteropServices;

namespace Sluice.Cli.CommandLine;

/// <summary>Ctrl+C and its like: the first one asks the work to stop, a second one is left to the system, which ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private static int _held;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() =>
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Handle))];

    public CancellationToken Token => _source.Token;

    /// <summary>Has Ctrl+C mean nothing here while another program has the terminal: the signal goes to all that run in it, and is meant for that one.</summary>
    public static IDisposable Hold()
    {
        Interlocked.Increment(ref _held);
        return new Held();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (context.Signal == PosixSignal.SIGINT && Volatile.Read(ref _held) > 0)
        {
            context.Cancel = true;
            return;
        }

        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        _source.Cancel();
    }

    private sealed class Held : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) Interlocked.Decrement(ref _held);
        }
    }
}
