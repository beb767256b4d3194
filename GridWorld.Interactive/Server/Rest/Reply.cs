using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace GridWorld;

/// <summary>Writes the replies of the REST API.</summary>
internal static class Reply
{
    public static Task Json<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return Bytes(http, JsonSerializer.SerializeToUtf8Bytes(value, type));
    }

    public static Task Bytes(HttpContext http, ReadOnlyMemory<byte> bytes)
    {
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    public static Task Problem(HttpContext http, int status, IReadOnlyList<string>? errors = null)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        return Bytes(http,
            JsonSerializer.SerializeToUtf8Bytes(new Problem("about:blank", TitleOf(status), status, errors), WireJson.Default.Problem));
    }

    /// <summary>Refuses a request. All refusals of one kind are identical.</summary>
    public static Task Refuse(HttpContext http, Verdict verdict)
    {
        var response = http.Response;
        response.Headers.Connection = "close"; // Do not read the rest of the body.
        switch (verdict.Refusal)
        {
            case StatusCodes.Status400BadRequest:
                response.StatusCode = verdict.Refusal;
                response.ContentLength = 0;
                return Task.CompletedTask;
            case StatusCodes.Status401Unauthorized:
                response.Headers.WWWAuthenticate = "Bearer";
                break;
            case StatusCodes.Status403Forbidden when verdict.Route is not null:
                return Problem(http, verdict.Refusal,
                    ["This link is view-only. To steer the run, use the link that was printed for control."]);
            case StatusCodes.Status405MethodNotAllowed:
                response.Headers.Allow = string.Join(", ", verdict.Allowed!);
                break;
            case StatusCodes.Status429TooManyRequests:
                response.Headers.RetryAfter = "1";
                break;
        }

        return Problem(http, verdict.Refusal);
    }

    static string TitleOf(int status) => status switch
    {
        400 => "Bad input",
        401 => "Token required",
        403 => "Forbidden",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict",
        413 => "Too large",
        415 => "JSON required",
        429 => "Too many requests",
        503 => "Busy",
        _ => status < 500 ? "Bad request" : "The server failed",
    };

    /// <summary>Does the work for a request and sends its reply, or 503 if the work takes too long.</summary>
    public static async Task AnswerAsync<T>(this ReplayTurn turn, HttpContext http, Func<CancellationToken, T> work, Func<T, Task> reply)
    {
        T result;
        try
        {
            result = await turn.TakeAsync(work, http.RequestAborted);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Problem(http, StatusCodes.Status503ServiceUnavailable, [turn.TooLong]);
            return;
        }

        await reply(result);
    }
}
