using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Sluice.Mcp.AspNetCore.Sessions;
using Sluice.Mcp.Serving;

namespace Sluice.Mcp.AspNetCore;

/// <summary>
/// Streamable HTTP: a POST is a message, with its answer; a GET is a stream on which the server may say what it was not asked for; a DELETE ends the
/// session. This server says nothing unasked: its streams show that the client is there, whose session is kept meanwhile.
/// </summary>
internal sealed class McpEndpoint(SessionTable sessions, McpHttpOptions options, TimeProvider time)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string VersionHeader = "MCP-Protocol-Version";
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(30);

    private readonly RequestCheck _check = new(options);

    public async Task HandleAsync(HttpContext http)
    {
        if (_check.Refuse(http.Request) is var (status, why))
        {
            if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(http, status, McpErrorCode.InvalidRequest, why).ConfigureAwait(false);
        }
        else if (http.Request.Headers[VersionHeader] is [{ } version] && !ProtocolVersions.All.Contains(version))
        {
            await RefuseAsync(
                http, StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest,
                $"{VersionHeader} is not one that this server speaks: {string.Join(", ", ProtocolVersions.All)}. Begin with initialize.").ConfigureAwait(false);
        }
        else
        {
            await DispatchAsync(http).ConfigureAwait(false);
        }
    }

    private async Task DispatchAsync(HttpContext http)
    {
        try
        {
            await (http.Request.Method switch
            {
                "POST" => PostAsync(http),
                "GET" => GetAsync(http),
                _ => DeleteAsync(http),
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client or the session is gone: there is nobody to answer.
        }
    }

    private async Task PostAsync(HttpContext http)
    {
        if (!Accepts(http.Request, Json, EventStream))
        {
            await RefuseAsync(
                http, StatusCodes.Status406NotAcceptable, McpErrorCode.InvalidRequest, $"Accept must name {Json} and {EventStream}.").ConfigureAwait(false);
            return;
        }

        if (await ReadAsync(http).ConfigureAwait(false) is not { } message) return;
        var isNew = message is JsonRpcRequest { Method: RequestMethods.Initialize } && !http.Request.Headers.ContainsKey(SessionHeader);
        var session = isNew ? sessions.Begin() : await EnterAsync(http).ConfigureAwait(false);
        if (session is null)
        {
            if (isNew) await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, McpErrorCode.InternalError, "There are too many sessions.").ConfigureAwait(false);
            return;
        }

        try
        {
            await AnswerAsync(http, session, message).ConfigureAwait(false);
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    private static async Task AnswerAsync(HttpContext http, Session session, JsonRpcMessage message)
    {
        http.Response.Headers[SessionHeader] = session.Id;
        BeginStream(http);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, session.Ended);
        var hasAnswer = await session.Transport.HandlePostRequestAsync(message, http.Response.Body, over.Token).ConfigureAwait(false);
        if (hasAnswer) return;
        http.Response.ContentType = null;
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private async Task GetAsync(HttpContext http)
    {
        if (!Accepts(http.Request, EventStream))
        {
            await RefuseAsync(http, StatusCodes.Status406NotAcceptable, McpErrorCode.InvalidRequest, $"Accept must name {EventStream}.").ConfigureAwait(false);
            return;
        }

        if (await EnterAsync(http).ConfigureAwait(false) is not { } session) return;
        try
        {
            BeginStream(http);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, session.Ended);
            await http.Response.Body.FlushAsync(over.Token).ConfigureAwait(false);
            using var timer = new PeriodicTimer(SignOfLife, time);
            // A client that vanished is found out when it is written to.
            while (await timer.WaitForNextTickAsync(over.Token).ConfigureAwait(false)) await http.Response.WriteAsync(": \n\n", over.Token).ConfigureAwait(false);
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    private async Task DeleteAsync(HttpContext http)
    {
        if (await EnterAsync(http).ConfigureAwait(false) is { } session) await sessions.EndAsync(session).ConfigureAwait(false);
    }

    private async ValueTask<Session?> EnterAsync(HttpContext http)
    {
        if (http.Request.Headers[SessionHeader] is not [{ } id])
        {
            await RefuseAsync(
                http, StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, $"{SessionHeader} is missing. Begin with initialize.").ConfigureAwait(false);
            return null;
        }

        if (sessions.Enter(id) is { } session) return session;
        await RefuseAsync(http, StatusCodes.Status404NotFound, McpErrorCode.InvalidRequest, "There is no such session. Begin with initialize.").ConfigureAwait(false);
        return null;
    }

    private async ValueTask<JsonRpcMessage?> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.MaxRequestBytes;
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonRpcMessage>(http.Request.Body, McpJsonUtilities.DefaultOptions, http.RequestAborted).ConfigureAwait(false)
                ?? throw new JsonException();
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(
                http, exception.StatusCode, McpErrorCode.InvalidRequest, $"The request cannot be read. The most is {options.MaxRequestBytes} bytes.").ConfigureAwait(false);
        }
        catch (JsonException)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, McpErrorCode.ParseError, "The body is not one JSON-RPC message.").ConfigureAwait(false);
        }

        return null;
    }

    private static bool Accepts(HttpRequest request, params ReadOnlySpan<string> types)
    {
        var accepted = request.GetTypedHeaders().Accept;
        foreach (var type in types)
        {
            if (!accepted.Any(range => range.MatchesMediaType(type))) return false;
        }

        return true;
    }

    private static void BeginStream(HttpContext http)
    {
        http.Response.ContentType = EventStream;
        http.Response.Headers.CacheControl = "no-cache,no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static Task RefuseAsync(HttpContext http, int status, McpErrorCode code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new { jsonrpc = "2.0", id = (string?)null, error = new { code = (int)code, message } }, http.RequestAborted);
    }
}
