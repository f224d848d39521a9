using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Sluice.ModelServer;

/// <summary>
/// An HTTP server on the loopback interface that answers in a provider's place: what a function says, in the bytes of the provider's
/// documented protocol, at the pace and with the faults that the function asks for.
/// </summary>
public sealed class LocalModelServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Func<ModelRequest, ServedResponse> _respond;
    private readonly Lock _gate = new();
    private readonly List<ModelRequest> _requests = [];
    private readonly bool _remembers;
    private int _count;
    private int _open;
    private TaskCompletionSource? _idle;

    private LocalModelServer(WebApplication application, Func<ModelRequest, ServedResponse> respond, bool remembers) =>
        (_application, _respond, _remembers) = (application, respond, remembers);

    /// <summary>Where it listens, without a path.</summary>
    public Uri Address => new(_application.Urls.First());

    /// <summary>Every request so far, in the order in which they came. Empty when it does not remember.</summary>
    public IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    /// <summary>How many requests came.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many requests are being answered now.</summary>
    public int Open
    {
        get
        {
            lock (_gate) return _open;
        }
    }

    /// <summary>Completes when no request is being answered: clients that left have been noticed.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task IdleAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _open == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellationToken);
    }

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="respond">Answers a request; called from many threads.</param>
    /// <param name="remembers">Whether <see cref="Requests"/> is kept. Default: true.</param>
    public static async Task<LocalModelServer> StartAsync(Func<ModelRequest, ServedResponse> respond, bool remembers = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var application = builder.Build();
        var server = new LocalModelServer(application, respond, remembers);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    /// <summary>Stops it; open answers are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        lock (_gate) _open++;
        try
        {
            var request = await ReadAsync(context);
            await SendAsync(context, _respond(request));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client has left, which is among the things that are tested.
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_open == 0) (idle, _idle) = (_idle, null);
        }

        idle?.SetResult();
    }

    private async Task<ModelRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new ModelRequest
        {
            Number = Interlocked.Increment(ref _count),
            Path = context.Request.Path.Value ?? "",
            Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Utf8Body = body.ToArray(),
        };
        if (!_remembers) return request;
        lock (_gate) _requests.Add(request);
        return request;
    }

    private static async Task SendAsync(HttpContext context, ServedResponse response)
    {
        var (http, pace) = (context.Response, response.Pace);
        if (pace.CutAfter == 0)
        {
            context.Abort();
            return;
        }

        http.StatusCode = response.Status;
        http.ContentType = response.ContentType;
        foreach (var (name, value) in response.Headers) http.Headers[name] = value;
        var whole = response.Body;
        var end = Math.Min(whole.Length, Math.Min(pace.CutAfter ?? int.MaxValue, pace.StallAfter ?? int.MaxValue));
        for (var sent = 0; sent < end;)
        {
            var length = Math.Min(pace.PieceBytes ?? int.MaxValue, end - sent);
            await http.Body.WriteAsync(whole.Slice(sent, length), context.RequestAborted);
            await http.Body.FlushAsync(context.RequestAborted);
            sent += length;
            if (pace.Delay > TimeSpan.Zero && sent < end) await Task.Delay(pace.Delay, TimeProvider.System, context.RequestAborted);
        }

        if (pace.StallAfter is { } stall && stall < whole.Length) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        if (pace.CutAfter is { } cut && cut < whole.Length) context.Abort();
    }
}
