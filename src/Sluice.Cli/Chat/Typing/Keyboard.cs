using System.Threading.Channels;

namespace Sluice.Cli.Chat.Typing;

/// <summary>The keys that are pressed, as long as it is not disposed. What is typed while nobody reads is kept; Ctrl+C is a key like the others.</summary>
internal sealed class Keyboard : IAsyncDisposable
{
    /// <summary>Short enough that typing seems to be heard at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private readonly Lock _interrupting = new();
    private Action? _interrupt;

    public Keyboard()
    {
        Console.TreatControlCAsInput = true;
        _reading = Task.Run(ReadAllAsync);
    }

    /// <summary>The keys. They end when the terminal is gone.</summary>
    public ChannelReader<ConsoleKeyInfo> Keys => _keys.Reader;

    public static bool IsInterrupt(ConsoleKeyInfo key) => key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control } or { KeyChar: '\u0003' };

    /// <summary>Has Ctrl+C do something at once, whoever reads; null: it is a key again, and what it did before is over.</summary>
    public void OnInterrupt(Action? act)
    {
        lock (_interrupting) _interrupt = act;
    }

    /// <summary>Forgets what was typed ahead: it was not meant for what comes now.</summary>
    public void Discard()
    {
        while (Keys.TryRead(out _))
        {
        }
    }

    /// <summary>Leaves the terminal to another program for as long as the work takes.</summary>
    public async Task AsideAsync(Func<Task> work)
    {
        await _turn.WaitAsync();
        try
        {
            Console.TreatControlCAsInput = false;
            await work();
        }
        finally
        {
            Console.TreatControlCAsInput = true;
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        Console.TreatControlCAsInput = false;
        _turn.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (true)
            {
                await _turn.WaitAsync(_stop.Token);
                try
                {
                    while (Console.KeyAvailable) Hear(Console.ReadKey(intercept: true));
                }
                finally
                {
                    _turn.Release();
                }

                await Task.Delay(Pause, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or IOException)
        {
            _keys.Writer.TryComplete();
        }
    }

    private void Hear(ConsoleKeyInfo key)
    {
        lock (_interrupting)
        {
            if (IsInterrupt(key) && _interrupt is { } act) act();
            else _keys.Writer.TryWrite(key);
        }
    }
}
