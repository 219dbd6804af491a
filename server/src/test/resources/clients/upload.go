// Uploads as Go's net/http does: a line in for each request, a line out for each answer.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func upload(fields []string) string {
	size, _ := strconv.Atoi(fields[3])
	var body io.Reader = bytes.NewReader(bytes.Repeat([]byte("a"), size))
	if fields[4] == "true" {
		body = io.MultiReader(body)
	}
	request, err := http.NewRequest(fields[0], fields[1], body)
	if err != nil {
		return "FAILED " + err.Error()
	}
	request.Header.Set("Authorization", "Bearer "+fields[2])
	client := http.Client{Timeout: 20 * time.Second}
	answer, err := client.Do(request)
	if err != nil {
		return "FAILED " + err.Error()
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		return "FAILED " + err.Error()
	}
	return fmt.Sprintf("%d %d", answer.StatusCode, len(read))
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(upload(strings.Fields(lines.Text())))
	}
}
