namespace Inventory;

/// <summary>Ctrl+C cancels; pressed again it ends the process at once.</summary>
internal sealed class InterruptKey : IDisposable
{
    private readonly CancellationTokenSource _pressed = new();

    public InterruptKey() => Console.CancelKeyPress += OnPressed;

    /// <summary>Cancelled when the key is pressed.</summary>
    public CancellationToken Token => _pressed.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnPressed;
        _pressed.Dispose();
    }

    private void OnPressed(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = !_pressed.IsCancellationRequested;
        _pressed.Cancel();
    }
}
